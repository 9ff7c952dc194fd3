/** 20000 分 → 200.00 */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
