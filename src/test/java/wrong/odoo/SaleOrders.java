package wrong.odoo;

import org.camunda.bpm.engine.RuntimeService;
import wrong.hold.Hold;

/** A gateway that knows the engine and what is decided with its answers. */
record SaleOrders(RuntimeService engine, Hold hold) {}
