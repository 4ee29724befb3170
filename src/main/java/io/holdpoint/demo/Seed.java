package io.holdpoint.demo;

final class Seed {
    private Seed() {}

    static void sow(DemoOdoo odoo) {}
}
