package io.holdpoint.demo;

/** What the buyers of the distributor need in a hurry, with one order for every reason to hold one. */
final class SeedPurchases {

    private final DemoData data;
    private final Seed.Products products;

    SeedPurchases(DemoData data, Seed.Products products) {
        this.data = data;
        this.products = products;
    }

    void sow() {
        inOrder();
        forTheBuyers();
        forTheManagers();
        forQuality();
        lineDown();
    }

    /** Nobody has to be asked: bought by itself, then watched. */
    private void inOrder() {
        var vendor = data.vendor("Ilmtal Hydraulik GmbH")
                .onTime(96)
                .price(products.hose(), 48, 3)
                .add();
        data.purchase(vendor)
                .line(products.hose(), 8)
                .because(
                        "Three hoses of the test bench burst within a week.",
                        "The test bench is booked by Hansa Maschinenbau from Monday on.",
                        "The hoses were replaced a year ago and should last for three.",
                        "Our contract vendor, who has them on the shelf.")
                .add();
        // Promised so soon that a buyer reminds the vendor at once.
        data.purchase(vendor).line(products.hose(), 2).promisedIn(1).by("carl").add();
    }

    private void forTheBuyers() {
        var pumps = data.vendor("Neckar Pumpenbau KG")
                .onTime(91)
                .price(products.pump(), 780)
                .price(products.valve(), 66)
                .add();
        data.purchase(pumps).line(products.pump(), 3).add();
        data.purchase(pumps).line(products.valve(), 20).by("carl").add();
        // Two small ones within a week are one.
        var oils = data.vendor("Schmierstoff Depot Nord")
                .price(products.oil(), 480)
                .add();
        data.purchase(oils).line(products.oil(), 1).by("carl").add();
        data.purchase(oils).line(products.oil(), 1).by("carl").add();
        // The drawing was never bought before, so there is no price to compare with; and it comes late.
        var drawings =
                data.vendor("Zerspanung Vogt").price(products.gloves(), 27, 2).add();
        data.purchase(drawings)
                .line(products.special(), 1, 290)
                .line(products.gloves(), 1)
                .promisedIn(9)
                .add();
        data.purchase(data.vendor("Werkzeug Brandt OHG")
                        .price(products.wrench(), 104)
                        .add())
                .line(products.wrench(), 3)
                .promisedIn(-2)
                .by("carl")
                .add();
    }

    private void forTheManagers() {
        var drives = data.vendor("Tauber Antriebe AG")
                .onTime(78)
                .price(products.motor(), 560)
                .price(products.converter(), 690)
                .add();
        data.purchase(drives).line(products.motor(), 20).add();
        data.purchase(drives).line(products.converter(), 2, 890).by("carl").add();
        var air = data.vendor("Druckluft Mitte GmbH")
                .onTime(88)
                .price(products.compressor(), 2_650)
                .add();
        data.purchase(air).line(products.compressor(), 12).add();
        data.purchase(air)
                .line(products.compressor(), 2, 3_600)
                .withoutDamage()
                .by("carl")
                .add();
    }

    private void forQuality() {
        // On the supplier ladder: data of the vendor's own checks with every delivery.
        var level3 = data.vendor("Wälzlager Import Süd")
                .level(3)
                .onTime(63)
                .price(products.bearing(), 3.40)
                .add();
        data.purchase(level3).line(products.bearing(), 120).add();
        var unknown = data.vendor("Sensorik Express")
                .notApproved()
                .price(products.sensor(), 24)
                .add();
        data.purchase(unknown).line(products.sensor(), 15).by("carl").add();
    }

    /** Bought at once and approved the next working day. */
    private void lineDown() {
        var servo = data.vendor("Servotechnik Allgäu GmbH")
                .onTime(84)
                .price(products.servo(), 3_700, 2)
                .add();
        data.purchase(servo)
                .line(products.servo(), 2)
                .urgency("high")
                .lineDown()
                .by("carl")
                .because(
                        "Both servo drives of the packing line failed after a short circuit.",
                        "The packing line stands still; 14 orders a day cannot leave.",
                        "The surge protection was checked in March without any finding.",
                        "The maker's own dealer, the only one who delivers in two days.")
                .add();
    }
}
