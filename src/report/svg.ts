/** SVG: text and boxes, with positions rounded so that every machine writes the same file. */

/** A point. */
export interface Box {
  readonly x: number
  readonly y: number
}

/** How a text is set. */
export interface TextStyle {
  readonly size?: number
  readonly anchor?: 'start' | 'middle'
  readonly weight?: 'bold'
  readonly fill?: string
}

const FONT = 'ui-sans-serif, system-ui, Helvetica, Arial, sans-serif'

/** A number with at most one decimal. */
export const fixed = (x: number): string => `${Math.round(x * 10) / 10}`

/** The text with the characters of XML escaped. */
export function xml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (character) => names[character]!)
}

/** A text element. */
export function svgText(text: string, { x, y }: Box, style: TextStyle = {}): string {
  const { size = 12, anchor = 'start', weight, fill = '#1f2933' } = style
  const bold = weight ? ` font-weight="${weight}"` : ''
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-family="${FONT}" font-size="${size}" text-anchor="${anchor}"${bold} fill="${fill}">${xml(text)}</text>`
}
