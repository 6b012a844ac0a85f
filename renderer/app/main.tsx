import './jitless.ts';
import '../ui/base.css';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { recordSettling } from '../features/calibrate/settling.ts';
import { mirrorHost } from '../features/common/desk.ts';
import { HostProvider } from '../features/common/host.ts';
import { useLooks } from '../features/common/looks.ts';
import { App } from './App.tsx';
import { openChannel } from './channel.ts';
import { ChannelHost } from './host.ts';
import { followLooks, startLanguage } from './i18n.ts';

const host = new ChannelHost(openChannel);

function Root() {
  const language = useLooks((looks) => looks.language);
  return (
    <I18nProvider locale={language}>
      <HostProvider value={host}>
        <App />
      </HostProvider>
    </I18nProvider>
  );
}

async function start(): Promise<void> {
  await startLanguage();
  followLooks();
  mirrorHost(host);
  recordSettling(host);
  host.start();
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no root');
  createRoot(root).render(<Root />);
}

void start();
