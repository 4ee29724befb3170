package wrong.hold;

import org.springframework.boot.context.properties.ConfigurationProperties;
import wrong.orderrelease.ConfirmOrder;

/** Shared, yet knows one of the workflows; configuration that can change under way. */
@ConfigurationProperties("wrong")
public class Hold {
    ConfirmOrder ofOneWorkflow;
}
