import { expect, test } from '@playwright/test';
import { bind } from './support/walk.ts';

test('HUB-028 a key is bound, as the other files of this demo expect it', async ({ page }) => {
  await bind(page, 'qingshan-1');
  await expect(page.getByText('绑定成功')).toBeVisible();
});
