"""Makes the fonts of reports: make.py <inter-ui/web> <DejaVuSans.ttf> <DroidSansFallbackFull.ttf>"""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

LAYOUT = ["GSUB", "GPOS", "GDEF", "STAT", "meta", "DSIG", "kern", "vhea", "vmtx", "VORG", "FFTM"]


def tabular(font):
    """Digits take the forms of the feature `tnum`."""
    gsub, forms = font["GSUB"].table, {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    forms.update(getattr(getattr(table, "ExtSubTable", table), "mapping", {}))
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if chr(code) in "0123456789":
                table.cmap[code] = forms.get(glyph, glyph)


def make(source, target, keep=lambda code: True, digits=False):
    font = TTFont(source)
    if digits:
        tabular(font)
    options = subset.Options()
    options.hinting, options.glyph_names, options.notdef_outline = False, False, True
    options.layout_features, options.name_IDs = [], [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += LAYOUT
    codes = {code for code in font.getBestCmap() if keep(code)}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.flavor = None
    font.save(target)
    return codes


inter, dejavu, droid = sys.argv[1:]
known = make(f"{inter}/Inter-Regular.woff2", "Inter-Regular.ttf", digits=True)
make(f"{inter}/Inter-SemiBold.woff2", "Inter-SemiBold.ttf", digits=True)
plain = lambda code: code not in known and code < 0x10000 and not 0xE000 <= code < 0xF900
known |= make(dejavu, "DejaVuSans.ttf", plain)
make(droid, "DroidSansFallback.ttf", plain)
