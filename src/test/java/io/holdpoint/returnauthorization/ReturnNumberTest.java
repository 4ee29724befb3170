package io.holdpoint.returnauthorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.odoo.DocumentRef;
import org.junit.jupiter.api.Test;

class ReturnNumberTest {

    private static final DocumentRef DELIVERY = new DocumentRef("stock.picking", 31);

    @Test
    void two_requests_of_the_same_minute_have_numbers_of_their_own() {
        assertThat(ReturnFacts.rma("01a22748-452a-7ddd-8f4f-f2bc70721294", DELIVERY))
                .isEqualTo("RMA-31-721294")
                .isNotEqualTo(ReturnFacts.rma("01a22748-4532-79e1-93b5-9fb8c8d90664", DELIVERY));
    }

    @Test
    void a_return_that_was_authorized_before_ids_grew_with_time_keeps_its_number() {
        assertThat(ReturnFacts.rma("3c04f814-ebe6-11f1-bfbc-02fc00000001", DELIVERY))
                .isEqualTo("RMA-31-3C04F8");
    }
}
