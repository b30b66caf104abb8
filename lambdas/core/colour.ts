/** Colours as numbers: how well one is read on another, and an accent's shade for the dark. */

/** Six digits behind a "#", in lower case. */
export type Colour = string;

/** What an accent is seen on: the ground of pages in the light (a button's white letters are easier), paper in the dark. */
export const grounds = { light: '#f5f3ee', dark: '#1e1d1b' } as const;

/** WCAG 2.2 §1.4.3, level AA. */
export const ENOUGH = 4.5;
/** In the dark there is room for more: level AAA. */
const PLENTY = 7;

const channels = (colour: Colour): [number, number, number] => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
];

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Colour): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Colour, other: Colour): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

/** The same hue, lighter until it is read well in the dark, and livelier, since light colours look pale. */
export function inTheDark(accent: Colour): Colour {
  const { hue, saturation, lightness } = hueOf(accent);
  for (let light = lightness; light < 1; light += 0.01) {
    const shade = colourOf({ hue, saturation: Math.min(1, saturation * 1.35), lightness: light });
    if (contrast(shade, grounds.dark) >= PLENTY) return shade;
  }
  return '#ffffff';
}

interface Hue {
  /** 0 to 12 around the wheel; the others 0 to 1. */
  hue: number;
  saturation: number;
  lightness: number;
}

/** https://www.w3.org/TR/css-color-4/#rgb-to-hsl */
function hueOf(colour: Colour): Hue {
  const [red, green, blue] = channels(colour).map((value) => value / 255) as [number, number, number];
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  const lightness = most - spread / 2;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = (most - lightness) / Math.min(lightness, 1 - lightness);
  if (most === red) return { hue: (((green - blue) / spread) * 2 + 12) % 12, saturation, lightness };
  if (most === green) return { hue: ((blue - red) / spread) * 2 + 4, saturation, lightness };
  return { hue: ((red - green) / spread) * 2 + 8, saturation, lightness };
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function colourOf({ hue, saturation, lightness }: Hue): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (from: number): string => {
    const at = (from + hue) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
