/*
titel: De aandoeningen met hun ICPC-codes
korrel: een rij per aandoening en code; drie posities omvat de subcodes, uitgezonderd wat is_excluded is
bron: NHG/InEen-lijsten, zie de bron op elke definitie
*/
with

final as (
    select
        condition,
        icpc,
        is_excluded,
        title
    from (
        values
        ('dm2', 'T90.02', false, 'diabetes mellitus type 2'),
        ('hvz', 'K74', false, 'hart- en vaatziekte'),
        ('hvz', 'K75', false, 'hart- en vaatziekte'),
        ('hvz', 'K76', false, 'hart- en vaatziekte'),
        ('hvz', 'K89', false, 'hart- en vaatziekte'),
        ('hvz', 'K90.02', false, 'hart- en vaatziekte'),
        ('hvz', 'K90.03', false, 'hart- en vaatziekte'),
        ('hvz', 'K91', false, 'hart- en vaatziekte'),
        ('hvz', 'K92.01', false, 'hart- en vaatziekte'),
        ('hvz', 'K99.01', false, 'hart- en vaatziekte'),
        ('vrm', 'K86', false, 'verhoogd vasculair risico'),
        ('vrm', 'K87', false, 'verhoogd vasculair risico'),
        ('vrm', 'T93', false, 'verhoogd vasculair risico'),
        ('copd', 'R95', false, 'COPD'),
        ('astma', 'R96', false, 'astma'),
        ('astma', 'R96.01', true, 'astma'),
        ('hartfalen', 'K77', false, 'hartfalen'),
        ('atriumfibrilleren', 'K78', false, 'atriumfibrilleren'),
        ('dementie', 'P70', false, 'dementie'),
        ('osteoporose', 'L95', false, 'osteoporose'),
        ('jicht', 'T92', false, 'jicht'),
        ('hypothyreoidie', 'T86', false, 'hypothyreoidie'),
        ('obesitas', 'T82', false, 'obesitas'),
        ('kwetsbaar', 'A05', false, 'kwetsbaarheid'),
        ('acp', 'A20', false, 'gesprek levenseinde en behandelwensen')
    ) as listed (condition, icpc, is_excluded, title)
)

select * from final
