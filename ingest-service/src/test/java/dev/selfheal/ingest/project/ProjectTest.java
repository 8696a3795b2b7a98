package dev.selfheal.ingest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectTest {

    private static final Project SHOP =
            new Project("7", Optional.of("shop"), Map.of("Cart Service", "cart"), Optional.empty());

    @Test
    void shouldTakeTheProjectsServiceWhenEventNamesNone() {
        assertThat(SHOP.serviceOf(Optional.empty())).contains("shop");
    }

    @Test
    void shouldMapTheNameThatSendersUse() {
        assertThat(SHOP.serviceOf(Optional.of("Cart Service"))).contains("cart");
    }

    @Test
    void shouldLeaveOtherNamesAlone() {
        assertThat(SHOP.serviceOf(Optional.of("basket"))).contains("basket");
    }

    @Test
    void shouldKnowNoServiceWhenNobodyNamesOne() {
        assertThat(Project.OPEN.serviceOf(Optional.empty())).isEmpty();
    }

    @Test
    void shouldBeAtItsOwnIdOnly() {
        assertThat(SHOP.isAt("7")).isTrue();
        assertThat(SHOP.isAt("8")).isFalse();
        assertThat(Project.OPEN.isAt("8")).isTrue();
    }

    @Test
    void shouldRefuseQuotaThatLetsNothingIn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quota(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quota(1, 0));
    }
}
