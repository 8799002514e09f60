// An ordinary socket.io-client, as anyone would write it: `node ordinary_client.mjs URL TRANSPORTS` prints what happens.

import process from 'node:process';
import { io } from 'socket.io-client';

const [url, transports] = process.argv.slice(2);
const socket = io(`${url}/live`, { transports: transports.split(','), reconnection: false });
const say = (event, data = null) => process.stdout.write(`${JSON.stringify({ event, data })}\n`);

socket.on('connect', async () => {
  say('joined', await socket.emitWithAck('join', { topics: ['hall'] }));
  if (transports === 'polling,websocket' && socket.io.engine.transport.name !== 'websocket') {
    await new Promise((upgraded) => socket.io.engine.once('upgrade', upgraded));
  }
  say('ready', socket.io.engine.transport.name);
});
socket.on('update', (snapshot) => say('update', snapshot));
socket.on('disconnect', (reason) => say('disconnect', reason));
socket.on('connect_error', (error) => say('error', error.message));
