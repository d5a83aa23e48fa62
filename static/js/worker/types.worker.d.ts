// The worker's own globals; the library knows a worker of any kind only.

export {};

declare global {
  /** What app/web/worker.py writes before the service worker's script. */
  interface WorkerGlobalScope {
    readonly SABUK: {
      version: string;
      /** Language -> address of a page -> where its shell is fetched. */
      shells: Record<string, Record<string, string>>;
      offline: string;
      files: string[];
      icon: string;
    };
    readonly clients: Clients;
    readonly registration: ServiceWorkerRegistration;
    skipWaiting(): Promise<void>;
  }
  interface SyncEvent extends ExtendableEvent {
    readonly tag: string;
  }
  interface ServiceWorkerGlobalScopeEventMap {
    sync: SyncEvent;
  }
  function addEventListener<K extends keyof ServiceWorkerGlobalScopeEventMap>(
    type: K, listener: (event: ServiceWorkerGlobalScopeEventMap[K]) => unknown): void;
  interface WorkerGlobalScope {
    addEventListener<K extends keyof ServiceWorkerGlobalScopeEventMap>(
      type: K, listener: (event: ServiceWorkerGlobalScopeEventMap[K]) => unknown): void;
  }
  /** Where there is no OffscreenCanvas, shrink.js draws on a canvas of the page; it never comes to that in a worker. */
  const document: {
    createElement(name: "canvas"): {
      getContext(kind: "2d"): OffscreenCanvasRenderingContext2D | null;
      toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void;
    };
  };
}
