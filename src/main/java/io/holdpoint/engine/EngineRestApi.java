package io.holdpoint.engine;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.springframework.stereotype.Component;

/**
 * The engine's REST API, with one thing put right: a start that we refuse is the caller's fault, and is answered so.
 * The engine would answer 500 to whatever a listener throws, and a sender that gets 500 tries again.
 */
@Component
class EngineRestApi extends CamundaJerseyResourceConfig {

    @Override
    protected void registerCamundaRestResources() {
        registerClasses(CamundaRestResources.getResourceClasses());
        // Which of two mappers for one exception is asked is not said anywhere, so there is only one.
        registerClasses(withoutTheirs(CamundaRestResources.getConfigurationClasses()));
        register(JacksonFeature.class);
        register(Refusals.class);
    }

    private static Set<Class<?>> withoutTheirs(Set<Class<?>> classes) {
        return classes.stream()
                .filter(type -> type != RestExceptionHandler.class)
                .collect(Collectors.toSet());
    }

    /** Answers what the engine wraps, as it would have answered the same without the wrapping. */
    static final class Refusals implements ExceptionMapper<RestException> {

        @Override
        public Response toResponse(RestException failure) {
            var answered = failure.getCause() instanceof BadUserRequestException
                    ? new InvalidRequestException(Status.BAD_REQUEST, failure, failure.getMessage())
                    : failure;
            return ExceptionHandlerHelper.getInstance().getResponse(answered);
        }
    }
}
