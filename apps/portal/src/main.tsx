import './app/validation.ts';
import '@hufu/theme/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/parts.css';
import { ThemeProvider } from '@hufu/theme/choice';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { siteQuery } from './api/site.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { LanguageProvider } from './i18n/language.tsx';

void queryClient.prefetchQuery(siteQuery);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <ThemeProvider>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}
