package io.holdpoint.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private final TimeOrderedIds ids = new TimeOrderedIds();

    @Test
    void what_comes_later_stands_behind_what_was_there_within_the_same_millisecond_too() {
        var made = IntStream.range(0, 10_000).mapToObj(i -> ids.getNextId()).toList();

        var sorted = new ArrayList<>(made);
        sorted.sort(null);
        assertThat(made).isEqualTo(sorted);
    }

    @Test
    void many_threads_and_nodes_never_get_the_same_one() {
        var other = new TimeOrderedIds();
        Set<String> made = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 100_000).parallel().forEach(i -> made.add((i % 2 == 0 ? ids : other).getNextId()));

        assertThat(made).hasSize(100_000).allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}"));
    }
}
