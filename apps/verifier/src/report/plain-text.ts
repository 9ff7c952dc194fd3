/**
 * Text from a file that may be hostile, without what acts on a terminal or turns the order of letters round (controls,
 * format characters): each becomes a mark.
 */
export const plainText = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
