package io.holdpoint.evidence;

import io.holdpoint.odoo.DocumentRef;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells all that happened to a document: which rules fired on which numbers, who decided what, what Odoo was told. */
@RestController
class CaseController {

    private static final MediaType ZIP = MediaType.valueOf("application/zip");

    private final CaseTimeline timeline;
    private final CaseArchive archive;

    CaseController(CaseTimeline timeline, CaseArchive archive) {
        this.timeline = timeline;
        this.archive = archive;
    }

    /** @param cases newest first */
    record DocumentCases(String document, List<CaseTimeline.Case> cases) {}

    @GetMapping("/api/cases/{document}")
    DocumentCases cases(@PathVariable String document) {
        var reference = parse(document);
        var cases = timeline.of(reference);
        if (cases.isEmpty()) {
            throw problem(HttpStatus.NOT_FOUND, "There never was a case about " + reference + ".");
        }
        return new DocumentCases(reference.toString(), cases);
    }

    /** The same, with the models that took part, as a zip file to keep. */
    @GetMapping("/api/cases/{document}/evidence")
    ResponseEntity<byte[]> evidence(@PathVariable String document) {
        var cases = cases(document);
        var name = "evidence-" + cases.document().replace(',', '-') + ".zip";
        return ResponseEntity.ok()
                .contentType(ZIP)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(archive.zip(cases));
    }

    private static DocumentRef parse(String document) {
        try {
            return DocumentRef.parse(document);
        } catch (IllegalArgumentException e) {
            throw problem(HttpStatus.BAD_REQUEST, e.getMessage());
        }
    }

    private static ErrorResponseException problem(HttpStatus status, @org.jspecify.annotations.Nullable String detail) {
        return new ErrorResponseException(
                status, ProblemDetail.forStatusAndDetail(status, String.valueOf(detail)), null);
    }
}
