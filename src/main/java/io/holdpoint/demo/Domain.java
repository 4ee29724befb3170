package io.holdpoint.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Odoo's search domains: conditions in prefix notation, joined by "and" where nothing is said. */
final class Domain {

    private Domain() {}

    static Predicate<Row> of(Env env, Model model, List<?> domain) {
        Deque<Predicate<Row>> stack = new ArrayDeque<>();
        // Prefix notation, read from its end, needs no grammar: an operator takes what already lies on the stack.
        for (var i = domain.size() - 1; i >= 0; i--) {
            var part = domain.get(i);
            if ("!".equals(part)) {
                stack.push(taken(stack, domain).negate());
            } else if ("&".equals(part)) {
                stack.push(taken(stack, domain).and(taken(stack, domain)));
            } else if ("|".equals(part)) {
                stack.push(taken(stack, domain).or(taken(stack, domain)));
            } else if (part instanceof List<?> condition && condition.size() == 3) {
                stack.push(condition(
                        env,
                        model,
                        String.valueOf(condition.get(0)),
                        String.valueOf(condition.get(1)),
                        condition.get(2)));
            } else {
                throw Errors.misfit("Invalid domain term " + part + " in " + domain);
            }
        }
        return stack.stream().reduce(row -> true, Predicate::and);
    }

    static boolean mentions(List<?> domain, String field) {
        return domain.stream().anyMatch(part -> part instanceof List<?> condition && field.equals(condition.get(0)));
    }

    /** Values of one field in order; what is empty comes last, as in the database. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return left.toString().compareTo(right.toString());
    }

    private static Predicate<Row> taken(Deque<Predicate<Row>> stack, List<?> domain) {
        var top = stack.poll();
        if (top == null) {
            throw Errors.misfit("Domain " + domain + " has too few conditions for its operators.");
        }
        return top;
    }

    private static Predicate<Row> condition(
            Env env, Model model, String path, String operator, @Nullable Object operand) {
        var dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var field = model.fields.get(name);
        if (field == null) {
            throw Errors.misfit("Invalid field " + model.name + "." + name + " in condition ('" + path + "', '"
                    + operator + "', " + operand + ")");
        }
        if (dot >= 0 && field.relation() != null) {
            var related = env.model(field.relation());
            var rest = condition(env, related, path.substring(dot + 1), operator, operand);
            return row -> ids(env.value(model, row, name)).stream()
                    .map(id -> env.find(related.name, id))
                    .anyMatch(target -> target != null && rest.test(target));
        }
        return switch (operator) {
            case "=", "in" -> row -> isOneOf(env, field, env.value(model, row, name), operand);
            case "!=", "<>", "not in" -> row -> !isOneOf(env, field, env.value(model, row, name), operand);
            case "<" -> row -> ordered(field, env.value(model, row, name), operand, sign -> sign < 0);
            case "<=" -> row -> ordered(field, env.value(model, row, name), operand, sign -> sign <= 0);
            case ">" -> row -> ordered(field, env.value(model, row, name), operand, sign -> sign > 0);
            case ">=" -> row -> ordered(field, env.value(model, row, name), operand, sign -> sign >= 0);
            case "like" -> row -> like(env, field, env.value(model, row, name), operand, 0);
            case "ilike" -> row -> like(env, field, env.value(model, row, name), operand, Pattern.CASE_INSENSITIVE);
            case "not like" -> row -> !like(env, field, env.value(model, row, name), operand, 0);
            case "not ilike" ->
                row -> !like(env, field, env.value(model, row, name), operand, Pattern.CASE_INSENSITIVE);
            case "child_of" -> row -> isBelow(env, field, model, row, operand);
            default ->
                throw Errors.misfit(
                        "Invalid operator in condition ('" + path + "', '" + operator + "', " + operand + ")");
        };
    }

    private static boolean isOneOf(Env env, Field field, @Nullable Object value, @Nullable Object operand) {
        var wanted = operand instanceof Collection<?> many ? new ArrayList<Object>(many) : List.of(orFalse(operand));
        return wanted.stream().anyMatch(one -> equal(env, field, value, orFalse(one)));
    }

    private static boolean equal(Env env, Field field, @Nullable Object value, Object wanted) {
        if (wanted.equals(Boolean.FALSE)) {
            return value == null || value.equals(Boolean.FALSE) || (value instanceof List<?> ids && ids.isEmpty());
        }
        if (field.relation() != null) {
            return ids(value).stream()
                    .anyMatch(id -> wanted instanceof Number number
                            ? id == number.longValue()
                            : env.displayName(field.relation(), id).equals(wanted));
        }
        if (value == null) {
            return field.isNumber() && wanted instanceof Number number && number.doubleValue() == 0;
        }
        return compare(comparable(field, value), comparable(field, wanted)) == 0;
    }

    private static boolean ordered(
            Field field, @Nullable Object value, @Nullable Object operand, Predicate<Integer> accepts) {
        var left = value == null && field.isNumber() ? Double.valueOf(0) : value;
        if (left == null || operand == null || operand.equals(Boolean.FALSE)) {
            return false;
        }
        return accepts.test(compare(comparable(field, left), comparable(field, operand)));
    }

    /** Moments are compared by whole seconds, as Odoo 19 does; a day alone is its beginning. */
    private static Object comparable(Field field, Object value) {
        if (field.type().equals("datetime") && value instanceof String text) {
            var moment = text.replace('T', ' ');
            return moment.length() == 10 ? moment + " 00:00:00" : moment.substring(0, Math.min(19, moment.length()));
        }
        return value;
    }

    private static boolean like(
            Env env, Field field, @Nullable Object value, @Nullable Object operand, int caseSensitivity) {
        var parts = String.valueOf(operand).split("%", -1);
        var pattern = Pattern.compile(
                Stream.of(parts).map(Pattern::quote).collect(Collectors.joining(".*")),
                caseSensitivity | Pattern.DOTALL);
        return texts(env, field, value).stream()
                .anyMatch(text -> pattern.matcher(text).find());
    }

    private static List<String> texts(Env env, Field field, @Nullable Object value) {
        if (field.relation() != null) {
            return ids(value).stream()
                    .map(id -> env.displayName(String.valueOf(field.relation()), id))
                    .toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    private static boolean isBelow(Env env, Field field, Model model, Row row, @Nullable Object operand) {
        var tops = operand instanceof Collection<?> many ? Json.ids(many) : ids(operand);
        var tree = field.relation() == null ? model : env.model(field.relation());
        var starts = field.relation() == null ? List.of(row.id()) : ids(env.value(model, row, field.name()));
        for (var start : starts) {
            var next = start;
            while (next != 0) {
                if (tops.contains(next)) {
                    return true;
                }
                var node = env.find(tree.name, next);
                next = node == null ? 0L : node.ref("parent_id");
            }
        }
        return false;
    }

    private static List<Long> ids(@Nullable Object value) {
        if (value instanceof Number id) {
            return List.of(id.longValue());
        }
        return value instanceof Collection<?> many ? Json.ids(many) : List.of();
    }

    private static Object orFalse(@Nullable Object value) {
        return Objects.requireNonNullElse(value, Boolean.FALSE);
    }
}
