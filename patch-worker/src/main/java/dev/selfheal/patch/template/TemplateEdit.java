package dev.selfheal.patch.template;

import java.util.List;

/**
 * What a template wants changed in the file of its site.
 *
 * @param variant stable name of the way it is changed, for example `early-return`
 * @param score how well it fits the site, 0..1, the site's own score not counted in
 * @param explanation one sentence for a reviewer
 */
public record TemplateEdit(String variant, List<Change> changes, double score, String explanation) {

    public TemplateEdit {
        changes = List.copyOf(changes);
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be within 0..1: " + score);
        }
    }

    TemplateEdit scaled(double factor) {
        return new TemplateEdit(variant, changes, score * factor, explanation);
    }
}
