package wrong.demo;

/** The demo that everybody knows. */
public class DemoOdoo {}
