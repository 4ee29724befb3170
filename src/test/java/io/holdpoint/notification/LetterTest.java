package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.notification.Letter.Item;
import io.holdpoint.notification.Letter.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterTest {

    private static final Item BREACH = news("Breach", "S00067 was confirmed, and the record knows no release of it.");
    private static final Item EXPIRED = news("Expired", "S00050 expired: nobody decided in time.");

    @Test
    void one_piece_of_news_is_the_subject() {
        assertThat(letter(EXPIRED).subject()).isEqualTo("S00050 expired: nobody decided in time.");
    }

    @Test
    void several_are_counted_by_what_they_are() {
        assertThat(letter(BREACH, BREACH).subject()).isEqualTo("Breach (2)");
        assertThat(letter(BREACH, EXPIRED, BREACH).subject()).isEqualTo("Breach (2), Expired (1)");
    }

    private static Letter letter(Item... items) {
        return new Letter("Audrey", List.of(items), 0, "");
    }

    private static Item news(String heading, String title) {
        return new Item(Kind.NEWS, heading, title, Map.of(), "", "", "");
    }
}
