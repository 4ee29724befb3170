package io.holdpoint.odoo;

/** Holdpoint's own calls go over JSON-RPC with a password. */
class JsonRpcContractTest extends RealOdooContractTest {

    @Override
    protected OdooTransport technical() {
        return technicalUser();
    }
}
