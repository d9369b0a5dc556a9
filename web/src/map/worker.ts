/**
 * MapLibre cuts tiles in a worker; a bundled page has to say where the worker's file went, or no tile is ever drawn. The worker starts at once,
 * while the page still asks for the city.
 */
import { prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(workerUrl);
prewarm();
