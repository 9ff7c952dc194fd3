declare module 'subset-font' {
  type SubsetOptions = {
    readonly targetFormat?: 'truetype' | 'woff' | 'woff2' | 'sfnt';
    readonly keepFeatures?: readonly string[];
    readonly noLayoutClosure?: boolean;
  };
  const subsetFont: (font: Buffer, text: string, options?: SubsetOptions) => Promise<Buffer>;
  export default subsetFont;
}
