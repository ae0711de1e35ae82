from django.db import migrations

from foundation.language.tags import has_no_marks, spell_tag, tag_fold, tag_key


def merge_twins(apps, schema_editor):
    """Twins become the tag that most pages show. Their public pages lead to it, pages keep the approved name."""
    tags = apps.get_model("articles", "Tag").objects
    uses = apps.get_model("articles", "PublishedTag").objects
    groups = {}
    for tag in tags.order_by("pk"):
        tag.key, tag.folded = tag_key(tag.name), tag_fold(tag.name)
        tags.filter(pk=tag.pk).update(key=tag.key, folded=tag.folded)  # two spellings may become one name
        groups.setdefault(tag.key, []).append(tag)
    marked = {}
    for key, group in groups.items():
        if not has_no_marks(group[0].name):
            marked.setdefault(group[0].folded, []).append(key)
    for group in list(groups.values()):
        keys = marked.get(group[0].folded, [])
        if has_no_marks(group[0].name) and len(keys) == 1:
            groups[keys[0]] += groups.pop(group[0].key)
    for group in groups.values():
        with_marks = [tag for tag in group if not has_no_marks(tag.name)] or group
        kept = max(with_marks, key=lambda tag: (uses.filter(tag=tag).count(), -tag.pk))
        for twin in group:
            if twin.pk != kept.pk:
                _merge(apps, twin, kept)
        spelled = spell_tag(kept.name)
        if spelled and spelled != kept.name:
            tags.filter(pk=kept.pk).update(name=spelled)


def _merge(apps, twin, kept):
    pages = apps.get_model("articles", "PublishedArticle").objects
    addresses = apps.get_model("articles", "OldAddress").objects
    shown = list(apps.get_model("articles", "PublishedTag").objects.filter(tag=twin).values_list("content_object", flat=True))
    for name in ("DraftTag", "PublishedTag"):
        rows = apps.get_model("articles", name).objects
        has_both = rows.filter(tag=kept).values_list("content_object", flat=True)
        rows.filter(tag=twin, content_object__in=list(has_both)).delete()
        rows.filter(tag=twin).update(tag=kept)
    for page in pages.filter(pk__in=shown).only("tag_names"):
        names = {}
        for name, slug in page.tag_names:
            names.setdefault(kept.slug if slug == twin.slug else slug, name)
        pages.filter(pk=page.pk).update(tag_names=[[name, slug] for slug, name in names.items()])
    addresses.filter(tag=twin).update(tag=kept)
    addresses.get_or_create(path=f"the/{twin.slug}", defaults={"tag": kept})
    twin.delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_one_tag_a_name")]

    operations = [migrations.RunPython(merge_twins, migrations.RunPython.noop)]
