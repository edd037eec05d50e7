/** Width: how many columns a text takes, and texts cut to fit. */

/** How many columns a text takes: combining marks take none. */
export const width = (text: string): number => [...text.replaceAll(/\p{Mark}/gu, '')].length

/** The text, or its beginning and `…` if it takes more than so many columns. */
export const shorten = (text: string, most: number): string =>
  width(text) <= most ? text : `${[...text].slice(0, most - 1).join('')}…`
