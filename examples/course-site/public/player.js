// Under this site’s policy no worker is made from a string: hls.js does its work in the page.
Hls.DefaultConfig.enableWorker = false;
