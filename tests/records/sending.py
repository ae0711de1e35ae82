"""What a browser would send from a page of the office, without script."""

from lxml import html


def sent_by(page, button="_save", value="1", **typed):
    """Return the form's data as the page shows it, with a button pressed and some fields typed over."""
    tree = html.fromstring(page)
    (form,) = tree.xpath("//form[contains(@id, '_form') and not(@id='logout-form')]")
    beside = tree.xpath(f"//*[@form='{form.get('id')}'][self::input or self::textarea]")
    data = {}
    for name, words in form.form_values():
        data.setdefault(name, []).append(words)
    data |= {control.get("name"): [control.value or ""] for control in beside}
    buttons = tree.xpath(f"//button[@name='{button}' and @value='{value}']")
    assert buttons, f"no button {button} {value}"
    return data | {button: [value]} | {name: [words] for name, words in typed.items()}
