package io.holdpoint.demo;

/**
 * A distributor of industrial supplies, with a quotation and a purchase for every reason to hold one. Sums are net;
 * sales within the country carry 19 % tax.
 */
final class Seed {

    private final DemoOdoo odoo;
    private final DemoData data;

    private Seed(DemoOdoo odoo) {
        this.odoo = odoo;
        this.data = odoo.data();
    }

    static void sow(DemoOdoo odoo) {
        var seed = new Seed(odoo);
        seed.thatPass(seed.products());
    }

    /** Products by what the quotations need of them. */
    record Products(
            long pump,
            long hose,
            long compressor,
            long valve,
            long bearing,
            long motor,
            long converter,
            long servo,
            long sensor,
            long wrench,
            long hoist,
            long shoes,
            long gloves,
            long oil,
            long special,
            long commissioning,
            long discontinued) {}

    private Products products() {
        add("HY-110", "Hydraulic cylinder 80/400", 640, 400, 60);
        add("PN-210", "Compressed air dryer", 1_450, 930, 9);
        add("BG-310", "Spherical roller bearing 22212", 96, 55, 300);
        add("BG-320", "Pillow block bearing", 34, 18, 600);
        add("DR-410", "Gear motor 11 kW", 3_150, 2_060, 6);
        add("DR-430", "V-belt SPA 1250", 14.50, 6.20, 2_000);
        add("EL-500", "Contactor 32 A", 62, 33, 350);
        add("EL-510", "Control cabinet 800 x 1000", 980, 610, 15);
        add("TL-610", "Cordless drill set", 329, 214, 45);
        add("SF-720", "Fall arrest set", 265, 150, 50);
        return new Products(
                add("HY-100", "Hydraulic pump HP 40", 1_240, 780, 35),
                add("HY-120", "Hydraulic hose 1/2\", 10 m", 89, 48, 400),
                add("PN-200", "Compressor 7.5 kW", 3_980, 2_650, 30),
                add("PN-220", "Pneumatic valve 5/2", 118, 66, 500),
                add("BG-300", "Ball bearing 6204", 7.90, 3.40, 8_000),
                add("DR-400", "Gear motor 1.5 kW", 890, 560, 90),
                add("DR-420", "Frequency converter 7.5 kW", 1_120, 690, 60),
                add("DR-440", "Servo drive 22 kW", 5_400, 3_700, 0),
                add("EL-520", "Proximity sensor M18", 49, 24, 5_000),
                add("TL-600", "Torque wrench 200 Nm", 186, 104, 80),
                add("TL-620", "Chain hoist 1 t", 720, 455, 40),
                add("SF-700", "Safety shoes S3", 79, 41, 240),
                add("SF-710", "Cut-resistant gloves, 12 pairs", 58, 27, 900),
                add("CH-800", "Hydraulic oil HLP 46, 205 l", 690, 480, 40),
                // Nobody entered what it costs.
                add("SP-900", "Bracket as per drawing", 450, 0, 100),
                data.product("Commissioning, per day")
                        .code("SV-950")
                        .price(960)
                        .cost(520)
                        .service()
                        .taxed()
                        .add(),
                add("OL-990", "Hydraulic pump HP 20 (discontinued)", 480, 420, 60));
    }

    private void thatPass(Products products) {
        var hansa = data.customer("Hansa Maschinenbau GmbH")
                .creditLimit(250_000)
                .trust("good")
                .lastOrderDaysAgo(12)
                .add();
        var purchasing = data.contact("Purchasing", hansa);
        var elbtal = data.customer("Elbtal Metallwerke KG").creditLimit(120_000).add();
        var havel =
                data.customer("Havel Brauereitechnik GmbH").creditLimit(60_000).add();
        data.invoice(hansa).amount(41_650).add();
        data.invoice(elbtal).amount(8_330).overdue(9).add();
        data.order(elbtal).line(products.motor, 4).by("ben").confirmed().add();

        data.order(hansa).line(products.valve, 10).line(products.bearing, 200).add();
        data.order(purchasing).line(products.pump, 2).add();
        data.order(elbtal).line(products.motor, 5, 10).by("ben").add();
        data.order(elbtal)
                .line(products.shoes, 20)
                .line(products.gloves, 30)
                .by("ben")
                .add();
        data.order(havel)
                .line(products.compressor, 1)
                .line(products.commissioning, 1)
                .add();
        // A thin margin is fine when the warehouse wants to be rid of the goods.
        data.order(havel).line(products.discontinued, 10, 5).clearance().add();
        // Over the limit, but paid already.
        var mueritz = data.customer("Müritz Bootsbau GmbH").creditLimit(5_000).add();
        data.invoice(mueritz).amount(4_800).add();
        data.order(mueritz).line(products.hoist, 6).prepaid().by("ben").add();
        // A trifle that nobody chases: less than 1,000 and not very old.
        var boddenwerft =
                data.customer("Boddenwerft Stralsund GmbH").creditLimit(40_000).add();
        data.invoice(boddenwerft).amount(640).overdue(38).add();
        data.order(boddenwerft).line(products.hose, 40).by("ben").add();
        // The other company, which knows this customer for the first time.
        data.order(hansa)
                .of(Foundation.OTHER_COMPANY)
                .line(products.commissioning, 3)
                .add();

        heldForCredit(products, elbtal);
        heldForPrices(products, hansa, havel);
        heldForTheRest(products, havel);
        comingBack(products);
        new SeedPurchases(data, products).sow();
    }

    /** What customers want to give back, as the desk finds it on a Monday. */
    private void comingBack(Products products) {
        // Our fault and soon enough: nobody has to be asked.
        var spreewald =
                data.customer("Spreewald Pumpen GmbH").creditLimit(40_000).add();
        data.comesBack(delivered(spreewald, products.valve, 12, 1), products.valve, 2, "dead_on_arrival", false);
        // Not soon enough.
        var prignitz =
                data.customer("Prignitz Landmaschinen eG").creditLimit(30_000).add();
        data.comesBack(delivered(prignitz, products.hose, 30, 75), products.hose, 10, "changed_mind", false);
        // Dear, and opened already.
        var usedom =
                data.customer("Usedom Windtechnik GmbH").creditLimit(60_000).add();
        data.comesBack(delivered(usedom, products.motor, 3, 9), products.motor, 2, "changed_mind", true);
        // More than they got.
        var barnim =
                data.customer("Barnim Sondermaschinen GmbH").creditLimit(20_000).add();
        data.comesBack(delivered(barnim, products.sensor, 40, 5), products.sensor, 60, "extra_item", false);
    }

    private long delivered(long customer, long product, double quantity, int daysAgo) {
        return data.delivery(data.order(customer)
                .line(product, quantity)
                .by("ben")
                .delivered(daysAgo)
                .add());
    }

    private void heldForCredit(Products products, long elbtal) {
        var oderbruch = data.customer("Oderbruch Landhandel GmbH").trust("bad").add();
        data.order(oderbruch).line(products.hose, 15).add();

        // 8,000 of 30,000 is 45 days late.
        var nordsee = data.customer("Nordsee Schiffstechnik GmbH")
                .creditLimit(120_000)
                .add();
        data.invoice(nordsee).amount(8_000).overdue(45).add();
        data.invoice(nordsee).amount(22_000).add();
        data.order(nordsee).line(products.valve, 25).by("ben").add();

        var kieler = data.customer("Kieler Antriebe AG").creditLimit(90_000).add();
        data.invoice(kieler).amount(18_500).overdue(75).add();
        data.invoice(kieler).amount(10_000).add();
        data.order(kieler).line(products.motor, 6).by("ben").add();

        // 28,000 open and 14,132 of this order: 84 % of 50,000.
        var harzer = data.customer("Harzer Anlagenbau GmbH").creditLimit(50_000).add();
        data.invoice(harzer).amount(28_000).add();
        data.order(harzer).line(products.hoist, 16).line(products.bearing, 45).add();

        // 34,000 open and 10,591 of this order: 111 % of 40,000.
        var oderland =
                data.customer("Oderland Fördertechnik GmbH").creditLimit(40_000).add();
        data.invoice(oderland).amount(34_000).add();
        data.order(oderland).line(products.motor, 10).add();

        // 58,000 open and 47,981 of this order: 177 % of 60,000.
        var ruegen =
                data.customer("Rügen Hafenlogistik GmbH").creditLimit(60_000).add();
        data.invoice(ruegen).amount(58_000).add();
        data.order(ruegen).line(products.converter, 36).by("ben").add();

        var weserland = data.customer("Weserland Kunststoffe GmbH")
                .limitReviewOverdue(40)
                .add();
        data.order(weserland).line(products.sensor, 60).add();

        data.order(elbtal).line(products.valve, 40).termDays(60).by("ben").add();

        var altmark =
                data.customer("Altmark Landtechnik eG").lastOrderDaysAgo(430).add();
        data.order(altmark).line(products.oil, 3).add();

        var lausitz = data.customer("Lausitz Energieservice GmbH")
                .withoutCreditLimit()
                .add();
        data.order(lausitz).line(products.converter, 11).by("ben").add();

        // 20,259 dollars would be more than the limit, but they are 18,758 euros: 94 % of it.
        var lakes = data.customer("Great Lakes Bearings Inc.")
                .creditLimit(20_000)
                .inUsDollars()
                .add();
        data.order(lakes)
                .line(products.bearing, 1_000)
                .line(products.motor, 10)
                .line(products.pump, 1)
                .line(products.hoist, 1)
                .withoutTax()
                .add();

        // Late, dear and not there: three people have to say yes.
        data.order(kieler)
                .line(products.servo, 1)
                .line(products.hose, 200, 30)
                .by("ben")
                .add();
    }

    private void heldForPrices(Products products, long hansa, long havel) {
        data.order(hansa).line(products.hose, 100, 24).add();
        data.order(havel).line(products.bearing, 600, 35).add();
        data.order(hansa)
                .line(products.gloves, 10, 40)
                .line(products.wrench, 5)
                .by("ben")
                .add();
        data.order(hansa).line(products.sensor, 3_100, 32).add();
        // 14 % of margin, 8 % of margin, and less than it costs.
        data.order(havel).line(products.oil, 10, 19).by("ben").add();
        data.order(havel).line(products.discontinued, 5, 5).add();
        data.order(havel).line(products.discontinued, 4, 15).by("ben").add();
        data.order(hansa)
                .line(products.discontinued, 2, 15)
                .line(products.valve, 10)
                .add();
        // The price was typed over instead of a discount given.
        data.order(hansa).lineAt(products.converter, 4, 985).by("ben").add();
    }

    private void heldForTheRest(Products products, long havel) {
        data.order(havel).line(products.special, 8).add();
        data.order(havel).line(products.servo, 2).by("ben").add();
        data.order(havel).add();
    }

    private long add(String code, String name, double price, double cost, double stock) {
        return data.product(name)
                .code(code)
                .price(price)
                .cost(cost)
                .stock(stock)
                .taxed()
                .add();
    }
}
