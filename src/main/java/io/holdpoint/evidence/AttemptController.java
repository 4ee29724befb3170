package io.holdpoint.evidence;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows auditors who tried to change something and was refused. */
@RestController
class AttemptController {

    private static final int LIST_LENGTH = 500;

    private final RefusedAttempts attempts;

    AttemptController(RefusedAttempts attempts) {
        this.attempts = attempts;
    }

    /** The latest, newest first. */
    @GetMapping("/api/attempts")
    List<RefusedAttempts.Line> attempts() {
        return attempts.latest(LIST_LENGTH);
    }
}
