// The fonts that are bundled: those whose licence is known, and known to allow it. See licences/fonts.txt.

export const FONTS = ["ComicShanns", "Lilita", "Nunito", "Virgil"];

// Left out, and what is drawn instead. Xiaolai (Chinese, 13 MB), Cascadia and Liberation: the system's own fonts.
// Excalifont: Virgil, its predecessor with the same metrics.
export const WITHOUT = ["Xiaolai", "Cascadia", "Liberation Sans"];
