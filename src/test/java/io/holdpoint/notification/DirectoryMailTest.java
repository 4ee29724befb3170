package io.holdpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdpoint.ProcessTest;
import io.holdpoint.Story;
import io.holdpoint.engine.access.TestDirectory;
import io.holdpoint.odoo.DocumentRef;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Whom mails reach where people come from a directory. */
@ProcessTest
@ActiveProfiles("ldap")
@TestPropertySource(
        properties = {
            "holdpoint.access.ldap.base-dn=" + TestDirectory.BASE,
            "holdpoint.access.ldap.bind-dn=" + TestDirectory.READER,
            "holdpoint.access.ldap.bind-password=" + TestDirectory.READER_PASSWORD,
            "holdpoint.access.ldap.roles.creditManager=HP-Credit-Head",
            "holdpoint.access.ldap.roles.camundaAdmin=HP-Admin"
        })
class DirectoryMailTest {

    private static final int PORT = TestDirectory.freePort();
    private static final TestDirectory DIRECTORY = TestDirectory.start(PORT);
    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());

    static {
        MAIL.start();
    }

    @Autowired
    private Story story;

    @Autowired
    private Distributor distributor;

    @Autowired
    private MailRound mails;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("holdpoint.access.ldap.url", () -> TestDirectory.url(PORT));
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("spring.mail.properties.mail.smtp.auth", () -> "false");
        settings.add("spring.mail.properties.mail.smtp.starttls.required", () -> "false");
    }

    @BeforeEach
    void begin() {
        DIRECTORY.person("a.meier", "Anna", "Meier", "anna@nordlicht.example");
        DIRECTORY.person("fritz", "Fritz", "Groß", "fritz@shop.example");
        DIRECTORY.person("otto", "Otto", "Nix", "otto@shop.example");
        DIRECTORY.group("HP-Credit-Head", "a.meier", "fritz");
        story.begin();
    }

    @AfterEach
    void end() {
        story.end();
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
        DIRECTORY.stop();
    }

    @Test
    void who_has_the_role_is_mailed_to_the_address_of_the_directory_and_nobody_about_an_own_request() {
        var data = story.odoo().data();
        var pump = data.product("Pump").price(100).cost(50).stock(1000).add();
        var order = data.order(data.customer("Elbe Metall").creditLimit(1_000).add())
                .line(pump, 20)
                .add();
        story.odoo().requestRelease(order, "anna");
        story.start(new DocumentRef("sale.order", order));

        distributor.run();
        story.ahead(Duration.ofMinutes(16));
        mails.run();

        assertThat(MAIL.getReceivedMessages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients())
                        .extracting(Object::toString)
                        .containsExactly("fritz@shop.example"));
    }
}
