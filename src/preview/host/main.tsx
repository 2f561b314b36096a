// The preview page's entry: reads the configuration, then draws the page.
import { createRoot } from 'react-dom/client';
import { previewApi } from './api.ts';
import { PreviewPage } from './page/preview-page.tsx';
import { ToastArea } from './toasts.tsx';
import './styles/all.css';

const element = document.getElementById('page');
if (element === null) throw new Error('The page has no place to draw in.');
const root = createRoot(element);

previewApi.config().then(
  (config) => {
    root.render(
      <ToastArea>
        <PreviewPage config={config} />
      </ToastArea>,
    );
  },
  (error: unknown) => {
    root.render(<p className="page-failure">The preview cannot start: {String(error)}</p>);
  },
);
