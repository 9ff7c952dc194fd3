import { raRoutes } from '@hufu/contracts';
import { addressOf } from '../api/client.ts';

/** Where a file of an order is shown from. */
export const fileAddress = (orderId: string, fileId: string): string =>
  addressOf(raRoutes.file, { params: { id: orderId, fileId } });
