package wrong.orderrelease;

import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.RestClient;
import wrong.demo.DemoOdoo;
import wrong.urgentpurchase.WatchPromisedDate;

/** Breaks what a delegate can break. */
public class ConfirmOrder implements JavaDelegate {

    @Autowired
    WatchPromisedDate ofAnotherWorkflow;

    @Override
    public void execute(DelegateExecution execution) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
        Context.getCommandContext();
        RestClient.create();
        new DemoOdoo();
    }
}
