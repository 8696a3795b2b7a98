package dev.selfheal.ingest.stacktrace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePathTest {

    @ParameterizedTest
    @CsvSource({
        "/srv/shop/cart.py, shop.cart, cart.py",
        "/srv/releases/20261122/cart.py, cart, cart.py",
        "/cart.py, cart, cart.py",
        "shop/cart.py, shop.cart, cart.py",
        "./shop/__init__.py, shop, __init__.py",
        "/srv/shop/__init__.py, shop, __init__.py",
        "/usr/lib/python3.11/json/decoder.py, json.decoder, decoder.py",
        "/venv/lib/python3.11/site-packages/flask/app.py, flask.app, app.py",
        "C:\\srv\\shop\\cart.py, shop.cart, cart.py",
        "/srv/shop/cart.js, shop/cart, cart.js",
        "file:///srv/dist/cart/index.mjs, cart, index.mjs",
        "webpack://shop/./src/cart.ts, src/cart, cart.ts",
        "/srv/cart.js, cart, cart.js",
        "C:\\srv\\cart.py, cart, cart.py",
        "/srv/app/users/views.py, users.views, views.py",
        "https://shop.example/static/app.js?v=3, app, app.js",
        "/srv/node_modules/express/lib/router/layer.js, express/lib/router/layer, layer.js",
        "/srv/node_modules/express/index.js, express, index.js",
        "node:internal/modules/cjs/loader, internal/modules/cjs/loader, loader",
        "<frozen importlib._bootstrap>, <frozen importlib._bootstrap>, <frozen importlib._bootstrap>"
    })
    void shouldNameModuleAndFile(String path, String module, String file) {
        assertThat(SourcePath.module(path)).isEqualTo(module);
        assertThat(SourcePath.fileName(path)).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node:fs",
                "/srv/node_modules/express/lib/router/layer.js",
                "node_modules/express/index.js",
                "/venv/lib/python3.11/site-packages/flask/app.py",
                "/usr/lib/python3.11/json/decoder.py",
                "/usr/lib/python3/dist-packages/yaml/__init__.py",
                "C:\\Python\\Lib\\site-packages\\flask\\app.py",
                "<frozen runpy>",
                "/usr/local/go/src/runtime/panic.go",
                "/root/go/pkg/mod/github.com/gorilla/mux@v1.8.0/mux.go",
                "/srv/vendor/github.com/gorilla/mux/mux.go",
                "webpack://shop/webpack/bootstrap",
                "native"
            })
    void shouldTellLibraries(String path) {
        assertThat(SourcePath.isLibrary(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/shop/cart.py",
                "shop/cart.py",
                "/srv/src/cart.ts",
                "native-bridge.js",
                "internal/cart.js",
                "vendor/models.py",
                "/home/jane/go/src/example.org/cart/main.go"
            })
    void shouldTellOwnCode(String path) {
        assertThat(SourcePath.isLibrary(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "?", "\\", "file://", "https://", "/index", "/__init__.py", ":", "..", "./"})
    void shouldNeverGiveABlankModule(String path) {
        assertThat(SourcePath.module(path)).isNotBlank();
        assertThat(SourcePath.fileName(path)).isNotNull();
    }
}
