import './app/validation.ts';
import '@hufu/theme/tokens.css';
import './styles/base.css';
import './styles/screen.css';
import './styles/controls.css';
import './styles/parts.css';
import { ThemeProvider } from '@hufu/theme/choice';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { sessionQuery } from './api/session.ts';
import { registerServiceWorker } from './app/new-version.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { LanguageProvider } from './i18n/language.tsx';
import { takeScanFromAddress } from './scan/scanned.ts';
import { ToastProvider } from './ui/toast.tsx';

takeScanFromAddress();
// The link of a code, opened while the app was open.
addEventListener('hashchange', () => {
  if (takeScanFromAddress()) location.reload();
});
void queryClient.prefetchQuery(sessionQuery);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <ThemeProvider>
          <QueryClientProvider client={queryClient}>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </QueryClientProvider>
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}
registerServiceWorker().catch(() => undefined);
