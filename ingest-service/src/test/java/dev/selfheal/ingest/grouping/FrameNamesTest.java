package dev.selfheal.ingest.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a.Foo$$Lambda$14/0x0000000800c03000, a.Foo$$Lambda",
        "a.Foo$$Lambda$14/1324119927, a.Foo$$Lambda",
        "a.Foo$$Lambda/0x00007f00deadbeef, a.Foo$$Lambda",
        "a.Foo$$EnhancerBySpringCGLIB$$1a2b3c4d, a.Foo",
        "a.Foo$$SpringCGLIB$$0, a.Foo",
        "a.Foo$$FastClassBySpringCGLIB$$99, a.Foo",
        "a.Foo_$$_jvst1a2_0, a.Foo",
        "a.Foo$HibernateProxy$AbC12, a.Foo",
        "a.Foo$ByteBuddy$AbC12, a.Foo",
        "a.Foo$MockitoMock$123, a.Foo",
        "a.Foo$Proxy$_$$_WeldClientProxy, a.Foo",
        "jdk.proxy2.$Proxy14, $Proxy",
        "com.sun.proxy.$Proxy3, $Proxy",
        "a.$Proxy77, a.$Proxy",
        "jdk.internal.reflect.GeneratedMethodAccessor27, jdk.internal.reflect.GeneratedMethodAccessor",
        "java.lang.invoke.LambdaForm$MH/0x0000000800c04000, java.lang.invoke.LambdaForm$MH",
        "a.Foo$3, a.Foo$*",
        "a.Foo$1Local, a.Foo$*Local",
        "a.Foo$Bar, a.Foo$Bar",
        "shop.core$handle$fn__4711, shop.core$handle$fn__",
        "a.Foo_ClientProxy, a.Foo",
        "a.Foo_Subclass, a.Foo",
        "static/js/main.8f3b2c1d, static/js/main",
        "assets/index-BfG3x9Qk, assets/index",
        "assets/index-checkout, assets/index-checkout",
        "cart-service1, cart-service1",
        "a.b2.Foo7, a.b2.Foo7"
    })
    void shouldNormaliseModule(String module, String expected) {
        assertThat(FrameNames.module(module)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "lambda$main$0, lambda$main",
        "lambda$main$17, lambda$main",
        "lambda$new$1a2b3c$1, lambda$new",
        "lambda$static$0, lambda$static",
        "main$lambda$3, main$lambda",
        "main$lambda$3$lambda$2, main$lambda$lambda",
        "main$lambda-4, main$lambda",
        "$anonfun$main$1, $anonfun$main",
        "access$000, access$",
        "CGLIB$save$4, save",
        "save_aroundBody2, save",
        "save$$superforward1, save",
        "(*Server).Serve.func2.1, (*Server).Serve.func",
        "func2, func2",
        "<init>, <init>",
        "plain2, plain2"
    })
    void shouldNormaliseFunction(String function, String expected) {
        assertThat(FrameNames.function(function)).isEqualTo(expected);
    }
}
