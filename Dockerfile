# syntax=docker/dockerfile:1

FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY processes processes
COPY dmn dmn
COPY forms forms
COPY src/main src/main
# The tests ran before an image is made: ./mvnw -B verify.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -DskipTests -Dspotless.check.skip package \
    && java -Djarmode=tools -jar target/holdpoint.jar extract --layers --destination layers

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 holdpoint \
    && useradd --system --uid 10001 --gid holdpoint --home-dir /holdpoint --create-home holdpoint \
    && install --directory --owner=holdpoint --group=holdpoint /holdpoint/data \
    && install --directory --owner=holdpoint --group=holdpoint --mode=700 /holdpoint/secrets
WORKDIR /holdpoint
# What changes seldom comes first, so that an upgrade moves little.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY docker/healthcheck /usr/local/bin/healthcheck
COPY --from=build /build/layers/application/ ./
USER holdpoint
# Case times and due dates are stored without a zone, so every node runs in the same one.
ENV TZ=UTC
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["healthcheck"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "holdpoint.jar"]
