package dev.selfheal.embedded;

/** A refusal as Confluent's registry would word and number it. */
final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int errorCode;

    private RegistryException(int status, int errorCode, String message) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
    }

    static RegistryException noSuchPath() {
        return new RegistryException(404, 404, "HTTP 404 Not Found");
    }

    static RegistryException noSuchSubject(String subject) {
        return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryException noSuchVersion(String version) {
        return new RegistryException(404, 40402, "Version " + version + " not found.");
    }

    static RegistryException noSuchSchema(String id) {
        return new RegistryException(404, 40403, "Schema " + id + " not found");
    }

    static RegistryException incompatible(String subject, String why) {
        return new RegistryException(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\": "
                        + why);
    }

    static RegistryException invalidSchema(String why) {
        return new RegistryException(422, 42201, "Invalid schema: " + why);
    }

    static RegistryException invalidVersion(String version) {
        return new RegistryException(422, 42202, "The specified version '" + version + "' is not a valid version id.");
    }

    static RegistryException invalidCompatibility(String level) {
        return new RegistryException(422, 42203, "Invalid compatibility level: " + level);
    }

    static RegistryException malformedBody(String why) {
        return new RegistryException(400, 400, "Malformed JSON: " + why);
    }

    static RegistryException storeFailed(String why) {
        return new RegistryException(500, 50001, "Error in the backend data store: " + why);
    }

    int status() {
        return status;
    }

    int errorCode() {
        return errorCode;
    }
}
