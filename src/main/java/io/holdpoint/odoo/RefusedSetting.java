package io.holdpoint.odoo;

/** A setting with which Holdpoint does not start. The message names it and says what to do. */
public final class RefusedSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param setting as it is written in the configuration or the environment
     * @param why what is wrong and what it needs; a secret is not repeated
     */
    public RefusedSetting(String setting, String why) {
        super(setting + ": " + why);
    }
}
