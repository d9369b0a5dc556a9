/** The command page 指挥: the whole window is the map. */
import { mount } from 'svelte';
import '../design/tokens.css';
import '../design/base.css';
import { nameLanguage } from '../words/language.svelte';
import Command from './Command.svelte';

nameLanguage();
const target = document.getElementById('command');
if (!target) throw new Error('the document has no #command');
mount(Command, { target });
