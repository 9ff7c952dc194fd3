import { RaDownload } from '@hufu/contracts';

const nameOf = (orderId: string): string => `hufu.phone.download.${orderId}`;

/**
 * A download whose answer has not arrived: the requests, to be sent again as they are. They hold public keys and names
 * of halves, no secret.
 */
export const pendingDownload = {
  keep(orderId: string, download: RaDownload): void {
    localStorage.setItem(nameOf(orderId), JSON.stringify(download));
  },
  of(orderId: string): RaDownload | undefined {
    try {
      const parsed = RaDownload.safeParse(JSON.parse(localStorage.getItem(nameOf(orderId)) ?? 'null'));
      return parsed.success ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  },
  drop(orderId: string): void {
    localStorage.removeItem(nameOf(orderId));
  },
};
