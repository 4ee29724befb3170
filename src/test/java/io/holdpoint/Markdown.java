package io.holdpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tables out of the documentation, so that a page is the one place where a list is kept. */
final class Markdown {

    private Markdown() {}

    /** The rows of the table whose first column has this heading, by heading; backticks are dropped. */
    static List<Map<String, String>> table(Path page, String firstHeading) {
        var rows = new ArrayList<Map<String, String>>();
        List<String> headings = List.of();
        for (var line : lines(page)) {
            if (!line.startsWith("|")) {
                headings = List.of();
                continue;
            }
            var cells = cells(line);
            if (headings.isEmpty()) {
                headings = cells.get(0).equals(firstHeading) ? cells : List.of("");
            } else if (headings.size() > 1 && !line.startsWith("|---")) {
                var row = new LinkedHashMap<String, String>();
                for (var i = 0; i < headings.size(); i++) {
                    row.put(headings.get(i), cells.get(i));
                }
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(page + " has no table whose first column is '" + firstHeading + "'.");
        }
        return rows;
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var cell : line.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.replace("`", "").strip());
        }
        return cells;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
