import type { ReadInputBarcodeFormat } from 'zxing-wasm/reader';

/** Reads the text of a QR code in a picture; undefined when there is none. */
export type Decode = (picture: HTMLVideoElement | ImageBitmap) => Promise<string | undefined>;

type Detector = { detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** The browser's own reader where there is one, else zxing's, compiled, from our own server. */
export async function createDecode(): Promise<Decode> {
  return (await nativeDecode()) ?? compiledDecode();
}

async function nativeDecode(): Promise<Decode | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (BarcodeDetector === undefined || !formats.includes('qr_code')) return undefined;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture))[0]?.rawValue;
}

const FORMATS: ReadInputBarcodeFormat[] = ['QRCode'];
/** More pixels than this cost time and find nothing more. */
const LARGEST_SIDE = 1280;

async function compiledDecode(): Promise<Decode> {
  const [{ prepareZXingModule, readBarcodes }, { default: wasm }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (picture) => {
    const [width, height] = sizeOf(picture);
    if (context === null || width === 0 || height === 0) return undefined;
    const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pixels, { formats: FORMATS, tryHarder: true, maxNumberOfSymbols: 1 });
    return found[0]?.text;
  };
}

const sizeOf = (picture: HTMLVideoElement | ImageBitmap): readonly [number, number] =>
  picture instanceof ImageBitmap
    ? [picture.width, picture.height]
    : [picture.videoWidth, picture.videoHeight];
