"""Makes engine/assets/inter-regular.ttf, the face charts are measured and painted with on the server.

plotters reads no woff2 and no variable font, so the page's own public/fonts/inter.woff2 is fixed at weight 400
and written as TrueType. The result is committed; to renew it: pip install fonttools brotli, then run this from
the root of the repository.
"""

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

font = instantiateVariableFont(TTFont("public/fonts/inter.woff2"), {"wght": 400}, updateFontNames=False)
options = Options(layout_features=["kern"], hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
subsetter = Subsetter(options)
subsetter.populate(unicodes=font.getBestCmap().keys())
subsetter.subset(font)
font.flavor = None
font.save("engine/assets/inter-regular.ttf")
