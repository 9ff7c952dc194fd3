import { fileRoutes } from '@hufu/contracts';
import { addressOf } from '../../api/client.ts';

export const fileAddress = (sha256: string): string => addressOf(fileRoutes.download, { params: { sha256 } });

export const pageAddress = (sha256: string, page: number): string =>
  addressOf(fileRoutes.preview, { params: { sha256, page }, query: { width: 1200 } });
