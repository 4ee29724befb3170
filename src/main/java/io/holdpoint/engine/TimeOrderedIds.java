package io.holdpoint.engine;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.springframework.stereotype.Component;

/**
 * Ids of the engine that grow with time (UUID version 7, RFC 9562). The engine's own begin with the part of the time
 * that changes quickest, so that the rows of a minute belong to places all over each index: once the history is larger
 * than memory, those places have to be read first. Ids that grow belong to the end of an index, however long it is.
 *
 * <p>Those made before remain as they are; nobody reads a meaning into either.
 */
@Component
class TimeOrderedIds implements IdGenerator {

    private final NoArgGenerator generator = Generators.timeBasedEpochGenerator();

    @Override
    public String getNextId() {
        return generator.generate().toString();
    }
}
