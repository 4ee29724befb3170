package io.holdpoint.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/**
 * Packs what is known of a document so that it can be judged elsewhere, years later: the cases as JSON, and the XML of
 * each version of a process or table that took part.
 */
@Component
class CaseArchive {

    static final String CASES = "case.json";

    private final CaseModels models;
    private final ObjectMapper json;

    CaseArchive(CaseModels models, ObjectMapper json) {
        this.models = models;
        this.json = json;
    }

    byte[] zip(CaseController.DocumentCases cases) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, CASES, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(cases));
            var all = new TreeSet<CaseModels.Model>();
            cases.cases().forEach(one -> all.addAll(one.models()));
            for (var model : all) {
                var xml = models.xml(model);
                if (xml.isPresent()) {
                    put(zip, String.valueOf(model.file()), xml.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
