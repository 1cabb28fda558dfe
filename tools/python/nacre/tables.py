"""Tables for notebooks."""
from html import escape

# The scalars by which a result is known at a glance.
HEADLINE = ("size_mean", "size_sd", "pl_peak", "pl_fwhm", "plqy", "lifetime", "turn_on", "luminance_max", "eqe_max", "el_peak")


def number(value):
    return "–" if value != value else f"{value:.4g}"


def table(head, rows):
    cells = lambda row, tag: "".join(f"<{tag} style='text-align:left'>{escape(str(cell))}</{tag}>" for cell in row)
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{cells(head, 'th')}</tr></thead><tbody>{body}</tbody></table>"


def of_stage(stage):
    rows = [(key, number(float(one.values)) if one.values.ndim == 0 else " x ".join(map(str, one.values.shape)), one.unit,
             ", ".join(one.axes), one.meaning) for key, one in stage.items()]
    return table(("name", "value", "unit", "over", "meaning"), rows)


def of_variants(variants, title="", failures=()):
    names = list(dict.fromkeys(key for variant in variants for key in variant.scalars()))
    rows = []
    for key in names:
        sets = [variant.scalars().get(key) for variant in variants]
        one = next(found for found in sets if found is not None)
        rows.append((key, one.unit, *("" if found is None else number(float(found)) for found in sets), one.meaning))
    head = ("quantity", "unit", *(variant.name or "case" for variant in variants), "meaning")
    failed = "".join(f"<p><b>failed</b> {escape(line)}</p>" for line in failures)
    return f"<p><b>{escape(title)}</b></p>{failed}{table(head, rows)}" if title or failed else table(head, rows)


def of_targets(targets, headline):
    rows = [(one["id"], one["unit"], one["measured"], one["a_priori"], one["calibrated"], one["verdict"], "fitted" if one["used_in_fit"] else "predicted")
            for one in targets]
    return f"<p><b>{escape(headline)}</b></p>" + table(("target", "unit", "measured", "a priori", "calibrated", "verdict", "basis"), rows)
