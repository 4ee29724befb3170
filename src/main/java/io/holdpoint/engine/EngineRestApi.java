package io.holdpoint.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.exception.JsonMappingExceptionHandler;
import org.camunda.bpm.engine.rest.exception.JsonParseExceptionHandler;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * The engine's REST API, with two answers put right: what we refuse, a start or an answer to a hold, is the caller's to
 * mend (the engine answers 500 to whatever a listener throws, and a sender that gets 500 tries again), and a body that
 * cannot be read is told where (the engine says nothing).
 */
@Component
class EngineRestApi extends CamundaJerseyResourceConfig {

    private static final Set<Class<?>> REPLACED =
            Set.of(RestExceptionHandler.class, JsonMappingExceptionHandler.class, JsonParseExceptionHandler.class);

    @Override
    protected void registerCamundaRestResources() {
        registerClasses(CamundaRestResources.getResourceClasses());
        // Which of two mappers for one exception is asked is not said anywhere, so there is only one.
        registerClasses(CamundaRestResources.getConfigurationClasses().stream()
                .filter(type -> !REPLACED.contains(type))
                .collect(Collectors.toSet()));
        register(JacksonFeature.withoutExceptionMappers());
        // Jersey offers it as soon as there is JAXB, which the holidays need; the engine describes its API itself.
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        register(Refusals.class);
        register(Unreadable.class);
    }

    /** Answers what the engine wraps, as it would have answered the same without the wrapping. */
    static final class Refusals implements ExceptionMapper<RestException> {

        @Override
        public Response toResponse(RestException failure) {
            for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof BadUserRequestException) {
                    return answer(new InvalidRequestException(Status.BAD_REQUEST, failure, cause.getMessage()));
                }
            }
            return answer(failure);
        }
    }

    /** Says what cannot be read, and where. */
    static final class Unreadable implements ExceptionMapper<JsonProcessingException> {

        @Override
        public Response toResponse(JsonProcessingException failure) {
            var location = failure.getLocation();
            var where =
                    location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
            return answer(new InvalidRequestException(
                    Status.BAD_REQUEST,
                    failure,
                    "The body cannot be read" + where + ": " + failure.getOriginalMessage()));
        }
    }

    private static Response answer(Throwable failure) {
        return ExceptionHandlerHelper.getInstance().getResponse(failure);
    }
}
