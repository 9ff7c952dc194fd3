import { jpegName, planPicture } from './plan-picture.ts';

/** OD-37. */
const MOST_BYTES = 20 * 1024 * 1024;
const QUALITY = 0.86;

/** What the file dialog offers; a phone adds its camera and its album by itself. */
export const ACCEPTED = 'image/*,application/pdf';

export type FileFault = 'fileTooLarge' | 'fileType' | 'fileEmpty';
export type ReadyFile = { readonly file: File } | { readonly fault: FileFault };

/** Makes a chosen file fit to be sent: a huge picture is drawn smaller, one of a strange kind becomes a JPEG. */
export async function readyFile(file: File): Promise<ReadyFile> {
  if (file.size === 0) return { fault: 'fileEmpty' };
  if (file.type === 'application/pdf') return withinLimit(file);
  if (!file.type.startsWith('image/')) return { fault: 'fileType' };
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (picture === undefined) return { fault: 'fileType' };
  try {
    const facts = { width: picture.width, height: picture.height, bytes: file.size, mediaType: file.type };
    const plan = planPicture(facts);
    return withinLimit(plan.kind === 'keep' ? file : await redraw(picture, { ...plan, name: file.name }));
  } finally {
    picture.close();
  }
}

const withinLimit = (file: File): ReadyFile =>
  file.size > MOST_BYTES ? { fault: 'fileTooLarge' } : { file };

type Drawing = { readonly width: number; readonly height: number; readonly name: string };

async function redraw(picture: ImageBitmap, { width, height, name }: Drawing): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  // A transparent ground would turn black in a JPEG.
  if (pen !== null) {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return new File(blob === null ? [] : [blob], jpegName(name), { type: 'image/jpeg' });
}
