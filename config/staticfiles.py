from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    # django-htmx brings extensions and htmx 4: nothing here uses them, and one imports a file that is not there.
    ignore_patterns = (*(StaticFilesConfig.ignore_patterns or ()), "ext", "htmx-4*", "htmax-4*")
